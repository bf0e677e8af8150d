// escape.h: which captured variables function literals may copy.
#ifndef CSP_COMPILER_ESCAPE_H
#define CSP_COMPILER_ESCAPE_H

#include "compiler/types.h"

// The checker tells what happens, in the order of the source.
void escape_declared(Object *o);
void escape_assigned(Object *o); // after its declaration
void escape_captured(Object *o); // mentioned in a literal inside of its owner

// No assignment can follow the making of a literal that captures o: literals
// take o's value, and o needs no place in the heap for their sake.
bool escape_by_value(const Object *o);

#endif
