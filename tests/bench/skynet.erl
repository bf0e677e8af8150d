% skynet: a tree of processes, ten under each, that sum their numbers.
-module(skynet).
-export([main/0]).

main() ->
    times(5),
    halt(0).

times(0) -> ok;
times(N) ->
    Self = self(),
    spawn(fun() -> node(Self, 0, 100000) end),
    receive V -> io:format("~w~n", [V]) end,
    times(N - 1).

node(To, Num, 1) -> To ! Num;
node(To, Num, Size) ->
    Self = self(),
    Part = Size div 10,
    [spawn(fun() -> node(Self, Num + I * Part, Part) end) || I <- lists:seq(0, 9)],
    To ! collect(10, 0).

collect(0, Sum) -> Sum;
collect(N, Sum) -> receive V -> collect(N - 1, Sum + V) end.
