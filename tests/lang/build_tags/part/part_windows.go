package part

const Name = "there"
