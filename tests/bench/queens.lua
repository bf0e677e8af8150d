local n = 10
local b = {cols = {}, up = {}, down = {}, count = 0}
local function place(b, row)
  if row == n then
    b.count = b.count + 1
    return
  end
  for c = 0, n - 1 do
    if not (b.cols[c] or b.up[row + c] or b.down[row - c + n]) then
      b.cols[c], b.up[row + c], b.down[row - c + n] = true, true, true
      place(b, row + 1)
      b.cols[c], b.up[row + c], b.down[row - c + n] = false, false, false
    end
  end
end
for i = 1, 3 do place(b, 0) end
print(b.count)
