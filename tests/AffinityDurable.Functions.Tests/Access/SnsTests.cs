using System.Net;
using AffinityDurable.Core.Errors;
using AffinityDurable.Functions.Tests.Arriving;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Sources.Tests.Files.S3;

namespace AffinityDurable.Functions.Tests.Access;

/// <summary>Amazon SNS comes in with a user name and a password: the name of a key, and the key.</summary>
public sealed class SnsTests
{
    [Fact]
    public async Task SNS_is_asked_for_its_password_and_sends_it()
    {
        await using var bucket = await S3Server.StartAsync();
        bucket.Put("portfolio/march.csv", "website,arr\ncompany-1.com,7\n", World.TestApp.Evening);
        await using var app = await NotifiedApp.StartAsync(
            ("Connections:bucket:Endpoint", bucket.Address),
            ("Connections:bucket:Region", S3Server.Region),
            ("Connections:bucket:AccessKeyId", S3Server.AccessKeyId),
            ("Connections:bucket:SecretAccessKey", S3Server.Secret));

        // As SNS does: nothing without a challenge, then the user information of the address.
        using var handler = new HttpClientHandler { Credentials = new CredentialCache { { app.Host.Url!, "Basic", new NetworkCredential("hightouch", ApiApp.OperatorKey) } } };
        using var sns = new HttpClient(handler) { BaseAddress = app.Host.Url };
        var (status, answer) = await sns.NotifyAsync(
            """{ "Type": "Notification", "TopicArn": "arn:aws:sns:eu-west-1:111122223333:exports", "Message": "{ \"Records\": [ { \"eventName\": \"ObjectCreated:Put\", \"s3\": { \"bucket\": { \"name\": \"exports\" }, \"object\": { \"key\": \"portfolio/march.csv\" } } } ] }" }""");

        Assert.Equal((200, 1), (status, answer.GetProperty("started").GetInt32()));
        Assert.Single(await app.BroughtAsync());
        var record = Assert.Single(await app.AuditAsync());
        Assert.Equal(("hightouch", Role.Operator, NotifiedApp.Route, 200), (record.By, record.Role, record.Path, record.Status));
        Assert.Contains(app.Log.Lines, line => line.Text.Contains("came without credentials and was asked for them", StringComparison.Ordinal));
        Assert.DoesNotContain(app.Log.Lines, line => line.Text.Contains("was refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_challenge_for_a_password_is_on_this_route_alone_and_a_line_of_its_own()
    {
        await using var app = await NotifiedApp.StartAsync();
        using var nobody = app.Caller();

        var here = await nobody.NotifyAsync(authorization: null);
        var topics = await nobody.GetAsync(NotifiedApp.Route);
        var elsewhere = await nobody.PostAsync("/api/syncs/portfolio/runs", null);

        Assert.Equal(["Basic realm=\"affinity-durable\"", "Bearer realm=\"affinity-durable\""], here.Headers.NonValidated["WWW-Authenticate"]);
        Assert.Equal(["Bearer realm=\"affinity-durable\""], topics.Headers.NonValidated["WWW-Authenticate"]);
        Assert.Equal(["Bearer realm=\"affinity-durable\""], elsewhere.Headers.NonValidated["WWW-Authenticate"]);
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "hightouch", ApiKey.New() },
        { "hightouch", "" },
        { "hightouch", ApiKey.HashOf(ApiApp.OperatorKey) },
        { "dashboard", ApiApp.OperatorKey },
        { "", ApiApp.OperatorKey },
        { "hightouch2", ApiApp.OperatorKey },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_key_and_the_wrong_name_of_a_key_are_refused_even_from_a_machine_that_is_trusted(string user, string password)
    {
        await using var app = await NotifiedApp.StartAsync(("Access:TrustLoopback", "true"));
        using var http = app.Caller();

        var answer = await http.NotifyAsync(NotifiedApp.Basic(user, password));

        Assert.Equal((HttpStatusCode.Unauthorized, AccessErrors.KeyUnknown.Id), await answer.SaidAsync());
        Assert.Contains("Basic realm=\"affinity-durable\"", answer.Headers.NonValidated["WWW-Authenticate"]);
        Assert.Empty(await app.AuditAsync());
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic !!!")]
    [InlineData("Basic aGlnaHRvdWNo")]
    [InlineData("Digest username=\"hightouch\"")]
    public async Task Credentials_that_cannot_be_read_are_refused(string header)
    {
        await using var app = await NotifiedApp.StartAsync(("Access:TrustLoopback", "true"));
        using var http = app.Caller(("Authorization", header));

        Assert.Equal((HttpStatusCode.Unauthorized, AccessErrors.KeyUnknown.Id), await (await http.NotifyAsync(authorization: null)).SaidAsync());
    }

    [Fact]
    public async Task A_key_of_a_reader_tells_of_no_files()
    {
        await using var app = await NotifiedApp.StartAsync();
        using var http = app.Caller();

        Assert.Equal((HttpStatusCode.Forbidden, AccessErrors.RoleMissing.Id), await (await http.NotifyAsync(NotifiedApp.Basic("dashboard", ApiApp.ReaderKey))).SaidAsync());
    }

    [Fact]
    public async Task A_password_is_good_for_no_other_route()
    {
        await using var app = await NotifiedApp.StartAsync(("Access:TrustLoopback", "true"));
        using var http = app.Caller(("Authorization", NotifiedApp.Basic("hightouch", ApiApp.OperatorKey).ToString()));

        Assert.All(
            new[] { await http.GetAsync("/api/syncs"), await http.GetAsync(NotifiedApp.Route), await http.PostAsync("/api/syncs/portfolio/runs", null), await http.PostAsync("/api/syncs/portfolio/rows", null) },
            answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
    }

    [Fact]
    public async Task No_log_has_the_password()
    {
        await using var app = await NotifiedApp.StartAsync();
        using var http = app.Caller();
        var wrong = NotifiedApp.Basic("hightouch", "adk_confidential");

        var answer = await http.NotifyAsync(wrong);

        Assert.DoesNotContain("confidential", $"{answer}\n{await answer.Content.ReadAsStringAsync()}", StringComparison.Ordinal);
        Assert.DoesNotContain(app.Log.Lines, line => line.Text.Contains("confidential", StringComparison.Ordinal) || line.Text.Contains(wrong.Parameter!, StringComparison.Ordinal));
    }
}
