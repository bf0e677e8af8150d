% pingpong: a value goes back and forth between two processes.
-module(pingpong).
-export([main/0]).

main() ->
    Echo = spawn(fun echo/0),
    io:format("~w~n", [rounds(Echo, 1000000, 0)]),
    halt(0).

rounds(_, 0, V) -> V;
rounds(Echo, N, V) ->
    Echo ! {self(), V},
    receive W -> rounds(Echo, N - 1, W) end.

echo() ->
    receive {From, V} -> From ! V + 1 end,
    echo().
