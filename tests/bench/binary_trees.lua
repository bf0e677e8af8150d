local function build(depth)
  if depth == 0 then return {} end
  return {left = build(depth - 1), right = build(depth - 1)}
end

local function count(t)
  if not t.left then return 1 end
  return 1 + count(t.left) + count(t.right)
end

local min_depth, max_depth = 4, 15
local long = build(max_depth)
for depth = min_depth, max_depth, 2 do
  local rounds = 1 << (max_depth - depth + min_depth)
  local sum = 0
  for _ = 1, rounds do sum = sum + count(build(depth)) end
  print(rounds, depth, sum)
end
print(max_depth, count(long))
