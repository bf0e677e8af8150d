local x, sum = 0.5, 0.0
for i = 0, 4999 do
  local step = i * 0.25
  for _ = 1, 10000 do
    x = x * 0.999 + step * 0.001
    sum = sum + x
  end
end
print(string.format("%.6e", sum))
