local n = 600
local function a(i, j) return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1) end

local function times(v, u)
  for i = 0, n - 1 do
    local sum = 0.0
    for j = 0, n - 1 do sum = sum + a(i, j) * u[j + 1] end
    v[i + 1] = sum
  end
end

local function times_transposed(v, u)
  for i = 0, n - 1 do
    local sum = 0.0
    for j = 0, n - 1 do sum = sum + a(j, i) * u[j + 1] end
    v[i + 1] = sum
  end
end

local u, v, t = {}, {}, {}
for i = 1, n do u[i] = 1.0 end
for _ = 1, 10 do
  times(t, u)
  times_transposed(v, t)
  times(t, v)
  times_transposed(u, t)
end
local vbv, vv = 0.0, 0.0
for i = 1, n do
  vbv = vbv + u[i] * v[i]
  vv = vv + v[i] * v[i]
end
print(string.format("%.9f", math.sqrt(vbv / vv)))
