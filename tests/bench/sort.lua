local function numbers(n)
  local a, seed = {}, 42
  for i = 1, n do
    seed = (seed * 16807 + 11) % 2147483647
    a[i] = seed
  end
  return a
end
local function quick(a, lo, hi)
  while lo < hi do
    local m = lo + hi - 1
    local p, i, j = a[(m - m % 2) / 2], lo, hi
    m = lo - 1 + hi - 1
    p = a[(m - m % 2) / 2 + 1]
    while i <= j do
      while a[i] < p do i = i + 1 end
      while a[j] > p do j = j - 1 end
      if i <= j then
        a[i], a[j] = a[j], a[i]
        i = i + 1
        j = j - 1
      end
    end
    quick(a, lo, j)
    lo = i
  end
end
local a, b = numbers(200000), numbers(500000)
table.sort(a, function(x, y) return x < y end)
quick(b, 1, #b)
print(a[1], a[100001], b[1], b[250001])
