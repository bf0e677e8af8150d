% spawn: a million processes started and waited for, a hundred at a time.
-module(spawn).
-export([main/0]).

main() ->
    io:format("~w~n", [rounds(10000, 0)]),
    halt(0).

rounds(0, Sum) -> Sum;
rounds(N, Sum) ->
    Self = self(),
    start(Self, 0),
    rounds(N - 1, collect(100, Sum)).

start(_, 100) -> ok;
start(Self, V) ->
    spawn(fun() -> Self ! V end),
    start(Self, V + 1).

collect(0, Sum) -> Sum;
collect(N, Sum) -> receive V -> collect(N - 1, Sum + V) end.
