% ring: a token handed round a ring of processes.
-module(ring).
-export([main/0]).

main() ->
    First = build(499, self()),
    io:format("~w~n", [rounds(First, 1000, 0)]),
    halt(0).

build(0, Next) -> Next;
build(N, Next) -> build(N - 1, spawn(fun() -> pass(Next) end)).

pass(Next) ->
    receive V -> Next ! V + 1 end,
    pass(Next).

rounds(_, 0, Token) -> Token;
rounds(First, N, Token) ->
    First ! Token,
    receive V -> rounds(First, N - 1, V) end.
