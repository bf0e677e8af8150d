local size = 2000000
local count
for _ = 1, 8 do
  local composite = {}
  for i = 1, size do composite[i] = false end
  count = 0
  for i = 2, size do
    if not composite[i] then
      count = count + 1
      for j = i + i, size, i do composite[j] = true end
    end
  end
end
print(count)
