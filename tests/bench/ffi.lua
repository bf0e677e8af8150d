-- The calls of ffi.go in LuaJIT: luajit ffi.lua LIBRARY
local ffi = require("ffi")
ffi.cdef[[
typedef struct { double x, y, z; } vec;
int add(int a, int b);
double add_double(double a, double b);
vec add_vec(vec a, vec b);
int length(const char *s);
int each(int (*f)(int), int n);
]]
local C = ffi.load(arg[1])
local calls, rounds = 20000, 60
local function best(f)
  local least = 1e9
  for _ = 1, rounds do
    local t = os.clock()
    f(calls)
    least = math.min(least, os.clock() - t)
  end
  return least / calls * 1e9
end
local function report(name, f) print(string.format("%s %.2f", name, best(f))) end
report("add", function(n) local s = 0 for i = 1, n do s = C.add(s, 3) end end)
report("add_double", function(n) local s = 0 for i = 1, n do s = C.add_double(s, 3) end end)
report("struct", function(n) local v = ffi.new("vec", 1, 2, 3) for i = 1, n do v = C.add_vec(v, v) end end)
report("string", function(n) local s = "hello" for i = 1, n do C.length(s) end end)
local cb = ffi.cast("int (*)(int)", function(x) return x end)
report("callback", function(n) C.each(cb, n) end)
