local total = 0
for round = 0, 119 do
  local parts = {}
  for i = 0, 9999 do parts[#parts + 1] = "key" .. tostring(i * round) end
  local text = table.concat(parts, ",")
  local from = 1
  while true do
    local i = string.find(text, ",", from, true)
    if not i then break end
    local word = string.sub(text, from, i - 1)
    from = i + 1
    total = total + #string.upper(word)
    if string.byte(word, -1) == 55 then total = total + 1 end
  end
end
print(total)
