local words = {}
for w in ("the quick brown fox jumps over the lazy dog while seven wise men and one old cat look at them"):gmatch("%S+") do words[#words + 1] = w end
local parts, seed = {}, 7
for i = 1, 400000 do
  seed = (seed * 16807 + 11) % 2147483647
  parts[i] = words[seed % #words + 1]
end
local text = table.concat(parts, " ") .. " "
local counts = {}
for round = 1, 3 do
  local start = 1
  for i = 1, #text do
    if text:byte(i) == 32 then
      local w = text:sub(start, i - 1)
      counts[w] = (counts[w] or 0) + 1
      start = i + 1
    end
  end
end
local n = 0
for _ in pairs(counts) do n = n + 1 end
print(#text, n, counts.the, counts.fox)
