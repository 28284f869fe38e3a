using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Simulator.Faults;

/// <summary>A fault with what is left of it. Everything is called under the lock of the plan.</summary>
internal sealed class ArmedFault(Fault fault)
{
    private readonly Dice _chance = new(fault.Seed);
    private readonly Dice _effects = new(~fault.Seed);
    private int _skip = fault.Skip;
    private int? _left = fault.Times;
    private int _turn;
    private ApiKey? _unusedKey;

    public Fault Fault { get; } = fault;

    public bool IsSpent => _left <= 0;

    public Fault Remaining => Fault with { Skip = _skip, Times = _left };

    /// <summary>
    /// Whether the fault waits for the key that it gave out to be used, by this request at the latest. To be asked for every request,
    /// matching or not: the key may come into use anywhere.
    /// </summary>
    public bool Rests(FaultedRequest request)
    {
        if (_unusedKey is not { } key)
        {
            return false;
        }

        var isGone = !request.Tenant.Has(key);
        _unusedKey = isGone || request.Key == key ? null : key;
        return !isGone;
    }

    public bool Sees(FaultedRequest request) =>
        (Fault.Method is null || string.Equals(Fault.Method, request.Method, StringComparison.OrdinalIgnoreCase))
        && (Fault.PathContains is null || request.Path.Contains(Fault.PathContains, StringComparison.Ordinal))
        && (Fault.Endpoint is null || Fault.Endpoint == request.Endpoint)
        && request.Offers(Fault);

    /// <summary>Counts a request that the fault sees, and hits it when it is its turn.</summary>
    public FaultHit? Hit(FaultedRequest request)
    {
        if (!IsTurn())
        {
            return null;
        }

        _left--;
        if (Fault.ReplacesKey)
        {
            _unusedKey = request.Tenant.ReplaceApiKey(request.Key, request.At);
        }

        return new FaultHit(Fault, new Dice(_effects.Seed()));
    }

    private bool IsTurn()
    {
        if (_skip > 0)
        {
            _skip--;
            return false;
        }

        _turn = (_turn + 1) % Fault.Every;
        return _turn == 0 && (Fault.Probability >= 1 || _chance.Chance(Fault.Probability));
    }
}
