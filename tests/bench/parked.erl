% parked: a million processes wait. Standard output gets the count, standard
% error the bytes of each and the nanoseconds to make it.
-module(parked).
-export([main/0]).

main() ->
    N = 1000000,
    Self = self(),
    Before = resident(),
    Start = erlang:monotonic_time(nanosecond),
    Waiting = start(Self, N, []),
    collect(N),
    Took = erlang:monotonic_time(nanosecond) - Start,
    io:format(standard_error, "~w ~w~n", [(resident() - Before) div N, Took div N]),
    [P ! go || P <- Waiting],
    collect(N),
    io:format("~w~n", [N]),
    halt(0).

start(_, 0, Waiting) -> Waiting;
start(Self, N, Waiting) ->
    start(Self, N - 1, [spawn(fun() -> Self ! started, receive go -> Self ! ended end end) | Waiting]).

collect(0) -> ok;
collect(N) -> receive _ -> collect(N - 1) end.

resident() ->
    {ok, Text} = file:read_file("/proc/self/status"),
    {match, [Kb]} = re:run(Text, "VmRSS:\\s*(\\d+)", [{capture, all_but_first, binary}]),
    binary_to_integer(Kb) * 1024.
