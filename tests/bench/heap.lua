-- heap: a large live heap of small objects that refer to each other at random,
-- a part of which is replaced again and again.
local n = 500000
local nodes = {}
local seed = 1
local floor = math.floor
local function random()
  seed = (seed * 1664525 + 1013904223) % 4294967296
  return floor(seed * n / 4294967296) + 1
end

for i = 1, n do nodes[i] = { value = i - 1, name = "" } end
for i = 1, n do
  nodes[i].left = nodes[random()]
  nodes[i].right = nodes[random()]
end
for round = 0, 2 * n - 1 do
  local at = random()
  nodes[at] = { left = nodes[random()], value = round, name = "" }
end
local sum = 0
for i = 1, n do
  local p = nodes[i]
  sum = sum + p.value
  if p.left then sum = sum - p.left.value end
end
print(string.format("%.0f", sum))
