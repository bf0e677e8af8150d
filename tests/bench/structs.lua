local Vec = {}
Vec.__index = Vec
local function new(x, y, z) return setmetatable({x = x, y = y, z = z}, Vec) end
function Vec:Add(b) return new(self.x + b.x, self.y + b.y, self.z + b.z) end
function Vec:Scale(k) return new(self.x * k, self.y * k, self.z * k) end
function Vec:Dot(b) return self.x * b.x + self.y * b.y + self.z * b.z end
function Vec:Turn() self.x, self.y, self.z = self.y, self.z, self.x end
local p, v, e = new(1, 2, 3), new(0.5, 0.25, 0.125), 0.0
for i = 1, 1500000 do
  p = p:Add(v:Scale(0.001))
  e = e + p:Dot(v)
  v:Turn()
end
print(string.format("%.6f %.6f", e, p.x))
