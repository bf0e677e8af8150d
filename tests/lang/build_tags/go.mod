module tags

go 1.22
