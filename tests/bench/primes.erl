% primes: the sieve of processes, one for each prime. A number is asked for and
% then sent, as on a channel without buffer.
-module(primes).
-export([main/0]).

main() ->
    io:format("~w~n", [sieve(spawn(fun() -> generate(2) end), 1000, 0)]),
    halt(0).

sieve(_, 0, Prime) -> Prime;
sieve(In, N, _) ->
    Prime = next(In),
    sieve(spawn(fun() -> filter(In, Prime) end), N - 1, Prime).

next(In) ->
    In ! self(),
    receive V -> V end.

generate(V) ->
    receive To -> To ! V end,
    generate(V + 1).

filter(In, Prime) ->
    receive To -> To ! passed(In, Prime) end,
    filter(In, Prime).

passed(In, Prime) ->
    V = next_number(In),
    if V rem Prime =/= 0 -> V; true -> passed(In, Prime) end.

next_number(In) ->
    In ! self(),
    receive V when is_integer(V) -> V end.
