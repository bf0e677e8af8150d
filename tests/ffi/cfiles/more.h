#ifndef MORE_H
#define MORE_H
struct pair { int a, b; };
struct pair halves(int n);
extern int calls;
int text_length(void);
#endif
