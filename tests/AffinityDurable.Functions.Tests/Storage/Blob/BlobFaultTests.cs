using System.Net;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Storage;
using AffinityDurable.Sources.Tests.Files.Azure;
using AffinityDurable.Sources.Tests.Services;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace AffinityDurable.Functions.Tests.Storage.Blob;

/// <summary>What a Blob store makes of lost answers, refusals and silence.</summary>
public sealed class BlobFaultTests(AzuriteServer azurite) : IClassFixture<AzuriteServer>
{
    private const string Run = "portfolio@1";

    private readonly string name = BlobContainers.Name();

    [ServiceFact(Service.Azurite)]
    public async Task An_append_whose_answer_was_lost_is_not_repeated()
    {
        var lossy = new LossyTransport(request => request.RequestUri!.Query.Contains("comp=appendblock", StringComparison.Ordinal));
        var store = new BlobRunStore(Container(lossy));
        await using (var journal = await store.AppendAsync(Run, "journal/1", default))
        {
            await journal.AppendAsync("one\n"u8.ToArray(), default);
            await journal.AppendAsync("two\n"u8.ToArray(), default);
        }

        await using var stored = await store.OpenReadAsync(Run, "journal/1", default);
        Assert.Equal("one\ntwo\n", await new StreamReader(stored!).ReadToEndAsync());
        Assert.Equal(2, lossy.Lost);
    }

    [ServiceFact(Service.Azurite)]
    public async Task Documents_whose_answer_was_lost_are_known_as_written()
    {
        await Container(new HttpClientHandler()).CreateAsync();
        var lossy = new LossyTransport(request => request.Method == HttpMethod.Put);
        var state = new BlobSyncState(Container(lossy));

        var created = await state.TryCreateAsync("a", new Document(1), default);
        var replaced = await state.TryReplaceAsync("a", new Document(2), created!, default);

        Assert.Equal(replaced, (await state.ReadAsync<Document>("a", default))!.ETag);
        Assert.Null(await state.TryCreateAsync("a", new Document(3), default));
        Assert.Equal(2, (await state.ReadAsync<Document>("a", default))!.Value.Count);
        Assert.True(lossy.Lost >= 2);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "AuthorizationPermissionMismatch", "AFF780")]
    [InlineData(HttpStatusCode.Unauthorized, "InvalidAuthenticationInfo", "AFF780")]
    public async Task A_refusal_is_an_error_with_its_answer_and_nothing_more(HttpStatusCode status, string answer, string code)
    {
        var state = new BlobSyncState(Container(new FixedAnswer(status, answer)));

        var refused = await Assert.ThrowsAsync<ProblemException>(() => state.ReadAsync<Document>("a", default));

        Assert.Equal(code, Assert.Single(refused.Problems).Code);
        Assert.Contains($"{(int)status} ({answer})", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("kanarie", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_that_may_not_be_made_is_an_error_that_names_it()
    {
        var state = new BlobSyncState(Container(new NoContainer()));

        var refused = await Assert.ThrowsAsync<ProblemException>(() => state.TryCreateAsync("a", new Document(1), default));

        Assert.Equal("AFF781", Assert.Single(refused.Problems).Code);
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_service_is_asked_again_and_then_a_fault_that_may_pass()
    {
        var busy = new FixedAnswer(HttpStatusCode.ServiceUnavailable, "ServerBusy");
        var store = new BlobRunStore(Container(busy));

        var failed = await Assert.ThrowsAsync<BlobStoreException>(() => store.OpenReadAsync(Run, "plan", default));

        Assert.Contains("answered 503 (ServerBusy)", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("kanarie", failed.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, busy.Asked);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_a_fault_that_may_pass()
    {
        var store = new BlobRunStore(new BlobContainerClient(AzuriteServer.ConnectionStringAt(1), name, Options(new HttpClientHandler())));

        var failed = await Assert.ThrowsAsync<BlobStoreException>(() => store.OpenReadAsync(Run, "plan", default));

        Assert.Contains("does not answer", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_gives_up_meets_no_fault()
    {
        var store = new BlobRunStore(Container(new FixedAnswer(HttpStatusCode.ServiceUnavailable, "ServerBusy")));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.OpenReadAsync(Run, "plan", new CancellationToken(canceled: true)));
    }

    private static BlobClientOptions Options(HttpMessageHandler handler) => new()
    {
        Transport = new HttpClientTransport(handler),
        Retry = { MaxRetries = 2, Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1) },
    };

    private BlobContainerClient Container(HttpMessageHandler handler) =>
        new(AzuriteServer.ConnectionStringAt(azurite.Port == 0 ? 10000 : azurite.Port), name, Options(handler));

    private sealed record Document(int Count);

    /// <summary>Carries out what it is asked, and loses the first answer to each request of a kind.</summary>
    private sealed class LossyTransport(Func<HttpRequestMessage, bool> isOfKind) : DelegatingHandler(new HttpClientHandler())
    {
        private readonly HashSet<string> seen = new(StringComparer.Ordinal);

        public int Lost { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);

            // The repeat of a request has its id.
            if (isOfKind(request) && answer.IsSuccessStatusCode && seen.Add(request.Headers.GetValues("x-ms-client-request-id").Single()))
            {
                Lost++;
                answer.Dispose();
                throw new HttpRequestException("The connection was reset.");
            }

            return answer;
        }
    }

    /// <summary>Answers everything alike.</summary>
    private sealed class FixedAnswer(HttpStatusCode status, string code) : HttpMessageHandler
    {
        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(Answer(status, code));
        }
    }

    /// <summary>Has no container, and refuses to make one.</summary>
    private sealed class NoContainer : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(request.RequestUri!.Query.Contains("restype=container", StringComparison.Ordinal)
                ? Answer(HttpStatusCode.Forbidden, "AuthorizationPermissionMismatch")
                : Answer(HttpStatusCode.NotFound, "ContainerNotFound"));
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string code)
    {
        var answer = new HttpResponseMessage(status)
        {
            Content = new StringContent($"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>kanarie</Message></Error>", System.Text.Encoding.UTF8, "application/xml"),
        };
        answer.Headers.Add("x-ms-error-code", code);
        answer.Headers.Add("x-ms-kanarie", "kanarie");
        return answer;
    }
}
