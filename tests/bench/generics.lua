local function push(s, v) s[#s + 1] = v end
local function pop(s)
  local n = #s
  local v = s[n]
  s[n] = nil
  return v
end
local function sum(xs)
  local t = 0
  for i = 1, #xs do t = t + xs[i] end
  return t
end
local function work(rounds, one)
  local s, total, v = {}, 0, 0
  for r = 1, rounds do
    for i = 1, 100 do
      push(s, v)
      v = v + one
    end
    total = total + sum(s)
    while #s > 0 do pop(s) end
  end
  return total
end
print(string.format("%.0f %.1f", work(30000, 1), work(30000, 0.5)))
