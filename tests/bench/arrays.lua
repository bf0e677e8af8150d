-- arrays: the game of life on tables of fixed size.
local side, generations = 64, 250

local function board()
    local cells = {}
    for i = 0, side - 1 do
        cells[i] = {}
        for j = 0, side - 1 do cells[i][j] = 0 end
    end
    return cells
end

local function seed(cells)
    local x = 42
    for i = 0, side - 1 do
        for j = 0, side - 1 do
            x = (x * 1103 + 12345) % 1000003
            cells[i][j] = math.floor(x / 8) % 2
        end
    end
end

local function neighbours(cells, i, j)
    local up, row, down = cells[(i + side - 1) % side], cells[i], cells[(i + 1) % side]
    local left, right = (j + side - 1) % side, (j + 1) % side
    return up[left] + up[j] + up[right] + row[left] + row[right] + down[left] + down[j] + down[right]
end

local function step(cells, following)
    for i = 0, side - 1 do
        for j = 0, side - 1 do
            local n = neighbours(cells, i, j)
            local alive = 0
            if n == 3 or n == 2 and cells[i][j] == 1 then alive = 1 end
            following[i][j] = alive
        end
    end
end

local a, b = board(), board()
seed(a)
for _ = 1, generations, 2 do
    step(a, b)
    step(b, a)
end
local sum = 0
for i = 0, side - 1 do
    local row = 0
    for j = 0, side - 1 do row = row + a[i][j] end
    sum = sum + row * (i + 1)
end
print(sum)
