local function matrix(n, seed)
  local m = {}
  for i = 0, n - 1 do
    local row = {}
    for j = 0, n - 1 do row[j] = seed * (i - j) * (i + j) end
    m[i] = row
  end
  return m
end
local n = 240
local a, b, c = matrix(n, 0.5), matrix(n, 0.25), {}
for i = 0, n - 1 do
  local row = {}
  for j = 0, n - 1 do
    local sum = 0.0
    for k = 0, n - 1 do sum = sum + a[i][k] * b[k][j] end
    row[j] = sum
  end
  c[i] = row
end
print(string.format("%.3f", c[n / 2][n / 3]))
