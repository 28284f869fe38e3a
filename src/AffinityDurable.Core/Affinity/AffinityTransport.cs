using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using AffinityDurable.Core.Telemetry;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace AffinityDurable.Core.Affinity;

/// <summary>Sends calls: key, version, time-out, repeats after transient faults, and the answer as a value or a fault.</summary>
/// <remarks>
/// A 429 is never repeated here: whoever waits knows for how long, and does it on a durable timer. Nor is a write: the first attempt
/// may have been committed, and only whoever knows the values can tell by reading.
/// </remarks>
internal sealed partial class AffinityTransport
{
    private readonly AffinityExchange exchange;
    private readonly ResiliencePipeline reads;
    private readonly ResiliencePipeline writes;
    private readonly bool readOnly;

    public AffinityTransport(HttpClient http, IAffinityKey key, IOptions<AffinityOptions> options, TimeProvider time, ILogger<AffinityClient> logger)
        : this(
            new AffinityExchange(http, key, time, options.Value.MaxAnswerBytes),
            Pipeline(options.Value, options.Value.MaxRetries, logger),
            Pipeline(options.Value, repeats: 0, logger),
            options.Value.BaseAddress,
            readOnly: false)
    {
    }

    private AffinityTransport(AffinityExchange exchange, ResiliencePipeline reads, ResiliencePipeline writes, Uri baseAddress, bool readOnly)
    {
        this.exchange = exchange;
        this.reads = reads;
        this.writes = writes;
        this.readOnly = readOnly;
        Address = new AffinityAddress(baseAddress);
    }

    public AffinityAddress Address { get; }

    /// <summary>The same transport, whose requests the write gate refuses unless they read.</summary>
    public AffinityTransport ReadOnly() => new(exchange, reads, writes, Address.Base, readOnly: true);

    public async Task<Answer<T>> SendAsync<T>(AffinityCall<T> call, CancellationToken cancellationToken)
    {
        var (endpoint, reads) = (EndpointTemplate.Of(call.Uri), WriteGate.Reads(call.Method, call.Uri));
        using var span = CallSignals.Begin(call.Method, endpoint);
        var answer = await RepeatAsync(call, reads ? this.reads : writes, cancellationToken);
        CallSignals.End(span, answer, endpoint, reads);
        return answer;
    }

    private async Task<Answer<T>> RepeatAsync<T>(AffinityCall<T> call, ResiliencePipeline pipeline, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            var outcome = await pipeline.ExecuteOutcomeAsync(
                static async (context, state) => await state.transport.AttemptAsync(state.call, context.CancellationToken),
                context,
                (transport: this, call));
            if (outcome.Exception is TimeoutRejectedException)
            {
                return Unavailable<T>("No answer came in time.") with { Calls = call.Calls };
            }

            outcome.ThrowIfException();
            return outcome.Result! with { Calls = call.Calls };
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    public static Answer<T> Fault<T>(FaultKind kind, string message) => new(default, new AffinityFault(kind, 0, message, []), null, Calls: 0);

    private static Answer<T> Unavailable<T>(string message) => Fault<T>(FaultKind.Unavailable, message);

    private async ValueTask<Outcome<Answer<T>>> AttemptAsync<T>(AffinityCall<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return Outcome.FromResult(await exchange.SendAsync(call, readOnly, cancellationToken));
        }
        catch (WriteRefusedException refused)
        {
            call.Calls--;
            return Outcome.FromResult(Fault<T>(FaultKind.WritesDisabled, refused.Message));
        }
        catch (AnswerUnreadableException unreadable)
        {
            return Outcome.FromResult(Unavailable<T>(unreadable.Message));
        }
        catch (HttpRequestException broken)
        {
            return Outcome.FromResult(Unavailable<T>($"The connection failed ({broken.HttpRequestError})."));
        }
        catch (IOException)
        {
            return Outcome.FromResult(Unavailable<T>("The connection broke while the answer was read."));
        }
        catch (Exception exception)
        {
            return Outcome.FromException<Answer<T>>(exception);
        }
    }

    /// <summary>Delays run on the system's clock: the sockets do too, and a fake clock stands still while a call is under way.</summary>
    private static ResiliencePipeline Pipeline(AffinityOptions options, int repeats, ILogger logger)
    {
        var builder = new ResiliencePipelineBuilder();
        if (repeats > 0)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = repeats,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.MaxRetryDelay,
                ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Exception is TimeoutRejectedException || args.Outcome.Result is IAnswer { IsTransient: true }),
                OnRetry = args =>
                {
                    Log.Repeating(logger, (args.Outcome.Result as IAnswer)?.Status ?? 0, args.AttemptNumber + 1, repeats, args.RetryDelay.TotalMilliseconds);
                    return default;
                },
            });
        }

        return builder.AddTimeout(options.AttemptTimeout).Build();
    }

    private static partial class Log
    {
        [LoggerMessage(5001, LogLevel.Information, "Affinity gave no usable answer (status {Status}); repeat {Attempt} of {MaxRetries} in {DelayMilliseconds:0} ms.")]
        public static partial void Repeating(ILogger logger, int status, int attempt, int maxRetries, double delayMilliseconds);
    }
}
