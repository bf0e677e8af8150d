local Square, Rect, Line = {}, {}, {}
Square.__index, Rect.__index, Line.__index = Square, Rect, Line
function Square:Area() return self.side * self.side end
function Square:Grow(n) self.side = (self.side + n) % 1000 end
function Rect:Area() return self.w * self.h end
function Rect:Grow(n) self.w, self.h = (self.w + n) % 1000, (self.h + 1) % 1000 end
function Line:Area() return 0 end
function Line:Grow(n) self.length = self.length + n end
local shapes = {
  setmetatable({side = 1}, Square), setmetatable({w = 2, h = 3}, Rect), setmetatable({length = 4}, Line),
  setmetatable({side = 5}, Square), setmetatable({w = 6, h = 7}, Rect)}
local sum = 0
for i = 0, 1999999 do
  for k = 1, #shapes do
    local s = shapes[k]
    s:Grow(i % 4)
    sum = sum + s:Area()
  end
end
print(string.format("%.0f", sum))
