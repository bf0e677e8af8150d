typedef unsigned long size_t;
typedef struct point { int x, y; } point;
struct list { struct list *next; union { int i; double d; char s[16]; }; unsigned flags : 3, : 2, rest : 11; };
enum color { RED, GREEN = 1 << 4, BLUE = GREEN | 3, LAST = sizeof(struct list) * 2 };
typedef enum color color_t;
typedef int (*compare)(const void *, const void *);
extern int errors, *where, table[4][8];
static inline int twice(int x) { return 2 * x; }
void qsort(void *base, size_t n, size_t size, compare f);
int printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
void (*signal(int sig, void (*handler)(int)))(int);
struct __attribute__((packed, aligned(4))) packed { char c; long l; _Alignas(16) float f; };
#define LIMIT (10 * 3 + sizeof(int))
#define NAME "text\x41\101\n"
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define JOIN(a, b) a##b
#define TEXT(x) #x
#define LETTER 'x'
#define REAL 1.5e3f
#pragma pack(push, 1)
struct tight { short s; double d; };
#pragma pack(pop)
const volatile long double *const restrict_ptr;
_Static_assert(1, "x");
__extension__ typedef __int128 wide;
typedef float vec4 __attribute__((vector_size(16)));
int old();
unsigned long long mixed(signed char, unsigned short int, _Bool, double _Complex, __builtin_va_list);
