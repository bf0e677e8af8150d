local sum = 0
for i = 0, 999 do
  for j = 0, 999 do
    for k = 0, 99 do
      sum = sum + ((i ~ j) & k)
    end
  end
end
print(sum)
