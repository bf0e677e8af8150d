local seed = 1
local function next_number()
  seed = (seed * 1664525 + 1013904223) & 0xffffffff
  return seed >> 8
end
local by_number, by_name = {}, {}
for i = 0, 2999999 do
  local k = next_number() % 50000
  by_number[k] = (by_number[k] or 0) + 1
  if i % 4 == 0 then
    local name = "n" .. tostring(k % 5000)
    by_name[name] = (by_name[name] or 0) + 1
  end
end
local counts = {}
for k, n in pairs(by_number) do counts[#counts + 1] = n * 100000 + k end
table.sort(counts, function(a, b) return a < b end)
local names = {}
for name in pairs(by_name) do names[#names + 1] = name end
table.sort(names, function(a, b) return a < b end)
print(#counts, counts[1], counts[#counts], names[1], by_name[names[1]])
