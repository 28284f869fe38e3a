using System.Security.Cryptography;
using System.Text;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Pushing;
using AffinityDurable.Core.Runs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Functions.Triggers.Pushing;

/// <summary>Reads, checks and stages pushed rows: all of them or none.</summary>
public sealed class PushIntake(ISyncState state, IOptions<PushOptions> options, TimeProvider clock)
{
    private const int LongestKey = 200;
    private const string KeyHeader = "Idempotency-Key";

    private readonly StagedPushes pushes = new(state);

    /// <summary>Stages the body of a request.</summary>
    /// <param name="target">What it is for.</param>
    /// <param name="request">The request.</param>
    /// <param name="by">Who sent it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<PushOutcome> TakeAsync(PushTarget target, HttpRequest request, string? by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            var key = KeyOf(request, target);
            await using var body = await PushBodyStream.OpenAsync(request, (long)options.Value.MaxMegabytes << 20, cancellationToken);
            await using var writer = pushes.Begin(target.Definition.Sync, target.Source.Name, target.Settings.Columns, clock.GetUtcNow());
            await ReadAsync(body, writer, target, cancellationToken);
            var receivedAt = clock.GetUtcNow();
            var receipt = await writer.CompleteAsync(
                receivedAt, target.Settings.Start.After(receivedAt), by, key is null ? null : (key, body.Hash()), cancellationToken);
            return receipt is null
                ? PushOutcome.Refused(StatusCodes.Status409Conflict, Problem.Of(IntakeErrors.KeyUsed, $"The {KeyHeader} came before, with other rows."))
                : new PushOutcome(receipt, StatusCodes.Status202Accepted, []);
        }
        catch (PushRefusedException refused)
        {
            return PushOutcome.Refused(refused.Status, refused.Problems);
        }
    }

    private static async Task ReadAsync(PushBodyStream body, PushWriter writer, PushTarget target, CancellationToken cancellationToken)
    {
        var check = new RowCheck(target);
        await foreach (var row in PushedRows.ReadAsync(body, cancellationToken))
        {
            var cells = check.Read(row);
            if (check.IsSound)
            {
                await writer.AddAsync(cells, cancellationToken);
            }
        }

        await body.EndAsync(cancellationToken);
        if (!check.IsSound)
        {
            throw new PushRefusedException(StatusCodes.Status400BadRequest, check.Problems);
        }

        if (check.Rows == 0)
        {
            throw new PushRefusedException(StatusCodes.Status400BadRequest, Problem.Of(IntakeErrors.BadBody, "The body has no rows."));
        }
    }

    /// <summary>A hash of the sender's key and of what it is for; null where there is no key.</summary>
    private static string? KeyOf(HttpRequest request, PushTarget target)
    {
        if (!request.Headers.TryGetValue(KeyHeader, out var values))
        {
            return null;
        }

        return values is [{ Length: > 0 and <= LongestKey } key]
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{target.Source.Name}\n{key}")))
            : throw new PushRefusedException(
                StatusCodes.Status400BadRequest, Problem.Of(HostErrors.BadRequest, $"'{KeyHeader}' is one text of 1 to {LongestKey} characters."));
    }
}

/// <summary>What became of a push.</summary>
/// <param name="Receipt">The push; null when it is refused.</param>
/// <param name="Status">The status to answer with.</param>
/// <param name="Problems">Why it is refused.</param>
public sealed record PushOutcome(PushReceipt? Receipt, int Status, IReadOnlyList<Problem> Problems)
{
    public static PushOutcome Refused(int status, params IReadOnlyList<Problem> problems) => new(null, status, problems);
}
