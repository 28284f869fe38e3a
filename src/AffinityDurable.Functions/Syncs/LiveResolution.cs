using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Core.Values;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Syncs;

/// <summary>Checks a definition against the live list: its fields and the options of the dropdowns it maps.</summary>
public sealed class LiveResolution([FromKeyedServices(AffinityClient.ReadOnlyKey)] AffinityClient client, TimeProvider clock)
{
    /// <summary>Resolves the definition; limits and faults are results.</summary>
    public Task<LiveAnswer> ResolveAsync(SyncDefinition definition, CancellationToken cancellationToken) =>
        ResolveAsync(definition, testListId: null, cancellationToken);

    /// <summary>Resolves the definition on its own list or, by the names of its fields, on another.</summary>
    public async Task<LiveAnswer> ResolveAsync(SyncDefinition written, long? testListId, CancellationToken cancellationToken)
    {
        var calls = ThrottledCalls.OneLane(written.MinuteSharePercent, clock);
        try
        {
            var definition = testListId is { } testList ? await OnTestListAsync(written, testList, calls, cancellationToken) : written;
            var list = await CallAsync(calls, () => client.ListAsync(definition.ListId, cancellationToken), cancellationToken);
            var fields = await CallAsync(calls, () => client.FieldsAsync(definition.ListId, cancellationToken), cancellationToken);
            var options = new Dictionary<string, IReadOnlyList<DropdownOption>>(StringComparer.Ordinal);
            foreach (var field in DefinitionResolver.MappedFields(definition, fields).Where(UsesOptions))
            {
                options[field.Id] = await CallAsync(calls, () => client.DropdownOptionsAsync(definition.ListId, field.Id, cancellationToken), cancellationToken);
            }

            if (definition.Scope?.SavedView is { } view && await SavedViewProblemAsync(definition, view, calls, cancellationToken) is { } unusable)
            {
                return new LiveAnswer(null, [unusable], calls.Calls, Window: calls.Window);
            }

            var resolved = DefinitionResolver.Resolve(definition, list, fields, options);
            return new LiveAnswer(resolved.Sync, resolved.Problems, calls.Calls, Window: calls.Window);
        }
        catch (ProblemException exception)
        {
            // No key, for instance: nothing to wait for.
            return new LiveAnswer(null, exception.Problems, calls.Calls, Window: calls.Window);
        }
        catch (Interrupted interrupted)
        {
            return new LiveAnswer(null, [], calls.Calls, interrupted.Wait, interrupted.Failure, calls.Window);
        }
    }

    /// <summary>Ids of fields belong to one list: on another, fields go by the names they have on their own.</summary>
    private async Task<SyncDefinition> OnTestListAsync(SyncDefinition written, long testListId, ThrottledCalls calls, CancellationToken cancellationToken)
    {
        var fields = await CallAsync(calls, () => client.FieldsAsync(written.ListId, cancellationToken), cancellationToken);
        return DefinitionResolver.OnAnotherList(written, testListId, fields);
    }

    private async Task<Problem?> SavedViewProblemAsync(SyncDefinition definition, long view, ThrottledCalls calls, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(calls, () => client.SavedViewAsync(definition.ListId, view, cancellationToken), cancellationToken);
        var reason = answer.Fault?.Kind == FaultKind.NotFound ? $"The list has no saved view {view}."
            : answer is { Fault: null, Value: { IsSheet: false } other } ? $"Saved view {view} (\"{other.Name}\") is a {other.Type}; only sheets tell their entries."
            : null;
        if (reason is not null)
        {
            return Problem.Of(MatchDefinitionErrors.SavedViewUnusable, reason, file: definition.File, line: definition.Scope?.Line);
        }

        return answer.Fault is { } fault ? throw Interruption(calls, fault) : null;
    }

    private static bool UsesOptions(AffinityField field) => AffinityValueTypes.Find(field.ValueType) is { UsesOptions: true };

    private static async Task<T> CallAsync<T>(ThrottledCalls calls, Func<Task<Answer<T>>> call, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(calls, call, cancellationToken);
        return answer.Fault is { } fault ? throw Interruption(calls, fault) : answer.Value!;
    }

    private static Task<Answer<T>> AskAsync<T>(ThrottledCalls calls, Func<Task<Answer<T>>> call, CancellationToken cancellationToken) =>
        calls.Blocked is { } blocked ? throw new Interrupted(blocked, null) : calls.CallAsync(call, cancellationToken);

    private static Interrupted Interruption(ThrottledCalls calls, AffinityFault fault)
    {
        var wait = calls.WaitFor(fault);
        return new Interrupted(wait, wait is null ? CallFailure.Describe(fault) : null);
    }

    private sealed class Interrupted(Wait? wait, CallProblem? failure) : Exception
    {
        public Wait? Wait { get; } = wait;

        public CallProblem? Failure { get; } = failure;
    }
}

/// <summary>What checking a definition against the live list gave.</summary>
/// <param name="Sync">The resolved definition; null when anything stands against it.</param>
/// <param name="Problems">All that is wrong with the definition.</param>
/// <param name="Calls">Calls made.</param>
/// <param name="Wait">Until when the check has to wait.</param>
/// <param name="Failure">Why Affinity could not be asked.</param>
/// <param name="Window">Bounds of the end of the minute window, where seen.</param>
public sealed record LiveAnswer(
    ResolvedSync? Sync,
    IReadOnlyList<Problem> Problems,
    int Calls,
    Wait? Wait = null,
    CallProblem? Failure = null,
    CallWindow? Window = null);
