-- maps: a table with numbers as keys: insertion, look-up, change, deletion.
local sum = 0
for round = 1, 4 do
    local m, len = {}, 0
    local key = 1
    for i = 0, 199999 do
        key = (key * 1103 + 12345) % 1000003
        local v = m[key]
        if v == nil then
            len = len + 1
            v = 0
        end
        m[key] = v + i
    end
    for k = 0, 399999 do
        local v = m[k]
        if v then sum = sum + v % 7 end
    end
    for k = 0, 1000002, 3 do
        if m[k] ~= nil then
            m[k] = nil
            len = len - 1
        end
    end
    sum = sum + len
end
print(sum)
