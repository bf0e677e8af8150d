local function counter(step)
  local n = 0
  return function() n = n + step; return n end
end
local function apply(f, n)
  local sum = 0
  for i = 0, n - 1 do sum = sum + f(i) end
  return sum
end
local total = 0
for i = 0, 299999 do
  local c = counter(i % 7)
  c()
  total = total + c()
end
for k = 1, 20 do total = total + apply(function(x) return x * k - 1 end, 500000) end
print(string.format("%.0f", total))
