local size, limit, inside = 300, 100, 0
for py = 0, size - 1 do
  local ci = 2 * py / size - 1
  for px = 0, size - 1 do
    local cr = 2 * px / size - 1.5
    local zr, zi, n = 0.0, 0.0, 0
    while n < limit do
      local r, i = zr * zr, zi * zi
      if r + i > 4 then break end
      zr, zi = r - i + cr, 2 * zr * zi + ci
      n = n + 1
    end
    if n == limit then inside = inside + 1 end
  end
end
print(inside)
