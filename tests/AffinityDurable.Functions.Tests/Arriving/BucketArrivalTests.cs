using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Arrivals;
using AffinityDurable.Functions.Tests.Pushing;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Functions.Triggers.Arriving;
using AffinityDurable.Sources.Tests.Files.S3;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Tests.Arriving;

/// <summary>Objects in a bucket: found by the tick, or told by a notification and then looked at.</summary>
public sealed class BucketArrivalTests : IAsyncLifetime
{
    private const string Path = "s3://exports/portfolio/*.csv\n  connection: bucket";

    private S3Server bucket = null!;

    public static TheoryData<string, string> Notifications => new()
    {
        { "S3", S3("portfolio/march+2%2B1.csv") },
        { "S3 in SNS", Sns(S3("portfolio/march+2%2B1.csv")) },
        {
            "EventBridge",
            """
            { "version": "0", "id": "17793124-05d4-b198-2fde-7ededc63b103", "detail-type": "Object Created", "source": "aws.s3", "account": "111122223333",
              "time": "2026-03-02T17:59:58Z", "region": "eu-west-1", "resources": [ "arn:aws:s3:::exports" ],
              "detail": { "version": "0", "bucket": { "name": "exports" }, "object": { "key": "portfolio/march 2+1.csv", "size": 5, "etag": "b1946ac92492d2347c6235b4d2611184",
                "version-id": "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e", "sequencer": "617f08299329d189" }, "request-id": "N4N7GDK58NMKJ12R", "requester": "123456789012",
                "source-ip-address": "1.2.3.4", "reason": "PutObject" } }
            """
        },
        {
            "Pub/Sub",
            """
            { "message": { "attributes": { "bucketId": "exports", "objectId": "portfolio/march 2+1.csv", "eventType": "OBJECT_FINALIZE", "objectGeneration": "1772474398", "payloadFormat": "JSON_API_V1",
                "notificationConfig": "projects/_/buckets/exports/notificationConfigs/1" }, "data": "e30=", "messageId": "2070443601311540", "publishTime": "2026-03-02T17:59:58.1Z" },
              "subscription": "projects/acme/subscriptions/exports" }
            """
        },
    };

    public async Task InitializeAsync() => bucket = await S3Server.StartAsync();

    public async Task DisposeAsync() => await bucket.DisposeAsync();

    [Fact]
    public async Task The_tick_starts_a_sync_once_for_every_version_of_an_object_that_is_new_since_the_first_look()
    {
        await using var app = await StartStillAsync();
        app.DefineArrival(Path);
        Put("portfolio/old.csv", 1);
        await TickAsync(app);
        Assert.Empty(await app.BroughtAsync());

        Put("portfolio/new.csv", 2);
        Put("elsewhere/new.csv", 2);
        await TickAsync(app);
        await TickAsync(app);
        Put("portfolio/old.csv", 3);
        await TickAsync(app);

        Assert.Equal(["s3://exports/portfolio/new.csv", "s3://exports/portfolio/old.csv"], (await app.BroughtAsync()).Select(item => item.Split(' ')[2]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_tick_looks_for_the_marker_where_the_source_has_one()
    {
        await using var app = await StartStillAsync();
        app.DefineArrival(Path, "marker: _SUCCESS");
        await TickAsync(app);
        Put("portfolio/part-1.csv", 1);
        await TickAsync(app);
        Assert.Empty(await app.BroughtAsync());

        bucket.Put("portfolio/_SUCCESS", "");
        await TickAsync(app);

        Assert.Single(await app.BroughtAsync());
    }

    [Fact]
    public async Task A_bucket_that_cannot_be_listed_holds_up_no_other_sync_and_is_looked_at_again()
    {
        await using var app = await StartStillAsync();
        app.DefineArrival(Path);
        app.DefineArrival("s3://nobodys/portfolio/*.csv\n  connection: bucket", sync: "astray");
        await TickAsync(app);
        bucket.Answer = 403;
        Put("portfolio/new.csv", 1);
        await TickAsync(app);
        bucket.Answer = null;

        await TickAsync(app);

        Assert.Single(await app.BroughtAsync());
        Assert.Contains("The files that sync astray waits for cannot be looked for (AFF244)", app.LogText(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Notifications))]
    public async Task A_notification_starts_the_sync_once_for_the_object_as_it_is(string kind, string body)
    {
        await using var app = await StartStillAsync();
        app.DefineArrival(Path);
        await TickAsync(app);
        Put("portfolio/march 2+1.csv", 1);
        using var http = app.Http();

        var first = await http.NotifyAsync(body);
        var again = await http.NotifyAsync(body);
        await TickAsync(app);

        Assert.Equal((kind, 200, 1, 1), (kind, first.Status, first.Answer.GetProperty("files").GetInt32(), first.Answer.GetProperty("started").GetInt32()));
        Assert.Equal((kind, 200, 0), (kind, again.Status, again.Answer.GetProperty("started").GetInt32()));
        Assert.StartsWith("portfolio Arrival s3://exports/portfolio/march 2+1.csv ", Assert.Single(await app.BroughtAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "exports", "RequestId": "5582815E1AEA5ADF" }""")]
    [InlineData("""{ "Records": [ { "eventName": "ObjectRemoved:Delete", "s3": { "bucket": { "name": "exports" }, "object": { "key": "portfolio/a.csv" } } } ] }""")]
    [InlineData("""{ "Records": [ { "eventName": "ObjectCreated:Put", "s3": { "bucket": { "name": "exports" }, "object": { "key": "portfolio/gone.csv" } } } ] }""")]
    [InlineData("""{ "Records": [ { "eventName": "ObjectCreated:Put", "s3": { "bucket": { "name": "others" }, "object": { "key": "portfolio/a.csv" } } } ] }""")]
    [InlineData("""{ "Records": [ {}, 7, null, { "eventName": "ObjectCreated:Put", "s3": { "bucket": [], "object": { "key": 1 } } } ] }""")]
    [InlineData("""{ "detail-type": "Object Deleted", "source": "aws.s3", "detail": {} }""")]
    [InlineData("""{ "message": { "attributes": { "eventType": "OBJECT_DELETE", "bucketId": "exports", "objectId": "portfolio/a.csv" } } }""")]
    [InlineData("""{ "Type": "UnsubscribeConfirmation", "TopicArn": "arn:aws:sns:eu-west-1:111122223333:exports" }""")]
    public async Task A_notification_of_something_else_is_taken_and_starts_nothing(string body)
    {
        await using var app = await StartStillAsync();
        app.DefineArrival(Path);
        Put("portfolio/a.csv", 1);
        using var http = app.Http();

        var (status, answer) = await http.NotifyAsync(body);

        Assert.Equal((200, 0), (status, answer.GetProperty("started").GetInt32()));
        Assert.Empty(await app.BroughtAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{ "Type": "Notification", "TopicArn": "arn", "Message": "no JSON" }""")]
    [InlineData("""{ "Type": "Notification", "TopicArn": "arn", "Message": "{ \"Type\": \"Notification\", \"TopicArn\": \"arn\", \"Message\": \"{}\" }" }""")]
    public async Task A_body_that_is_no_notification_is_refused(string body)
    {
        await using var app = await StartStillAsync();
        app.DefineArrival(Path);
        using var http = app.Http();

        var (status, answer) = await http.NotifyAsync(body);

        Assert.Equal((400, "AFF776"), (status, PushedApp.Codes(answer)));
    }

    [Fact]
    public async Task A_topic_that_wants_to_be_confirmed_is_remembered_for_an_operator_and_never_called()
    {
        await using var app = await StartStillAsync();
        app.DefineArrival(Path);
        using var http = app.Http();
        var url = $"{app.Affinity.BaseAddress}v2/auth/whoami";

        var (status, answer) = await http.NotifyAsync(
            $$"""{ "Type": "SubscriptionConfirmation", "MessageId": "165545c9", "Token": "2336412f37", "TopicArn": "arn:aws:sns:eu-west-1:111122223333:exports", "Message": "You have chosen to subscribe", "SubscribeURL": "{{url}}" }""");

        Assert.Equal((200, true), (status, answer.GetProperty("needsConfirmation").GetBoolean()));
        Assert.Contains(url, await http.GetStringAsync("/api/syncs/portfolio/arrivals"), StringComparison.Ordinal);
        Assert.Equal(0, app.Affinity.Counters.Total);
        Assert.DoesNotContain(url, app.LogText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sync_that_waits_for_no_bucket_refuses_notifications_and_a_storage_that_is_down_has_them_sent_again()
    {
        await using var app = await StartStillAsync();
        app.DefineArrival(Path);
        app.DefineArrival("az://exports/*.csv\n  connection: lake", sync: "azure");
        using var http = app.Http();
        bucket.Answer = 403;

        Assert.Equal((409, "AFF777"), await StatusAsync(http, "azure"));
        Assert.Equal((404, "AFF721"), await StatusAsync(http, "nobody"));
        Assert.Equal((503, "AFF243"), await StatusAsync(http, "portfolio"));
    }

    [Fact]
    public async Task An_object_that_has_arrived_is_in_the_list_soon_after()
    {
        await using var app = await ArrivingApp.StartAsync(settings: Settings());
        app.DefineArrival(Path);
        await TickAsync(app);
        Put("portfolio/march.csv", 7);

        await TickAsync(app);

        var run = await app.ReportAsync(await app.OnlyRunAsync());
        Assert.Equal((RunTrigger.Arrival, RunOutcome.Succeeded), (run.Trigger, run.Outcome));
        Assert.Equal([7, null, null], app.World.ArrValues);
    }

    private static async Task<(int Status, string Code)> StatusAsync(HttpClient http, string sync)
    {
        var (status, answer) = await http.NotifyAsync(S3("portfolio/a.csv"), sync);
        return (status, PushedApp.Codes(answer));
    }

    private static string S3(string key) => $$"""
        { "Records": [ { "eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "eu-west-1", "eventTime": "2026-03-02T17:59:58.000Z", "eventName": "ObjectCreated:Put",
          "userIdentity": { "principalId": "AWS:AIDA" }, "requestParameters": { "sourceIPAddress": "1.2.3.4" },
          "s3": { "s3SchemaVersion": "1.0", "configurationId": "new-exports", "bucket": { "name": "exports", "ownerIdentity": { "principalId": "A3NL1" }, "arn": "arn:aws:s3:::exports" },
            "object": { "key": "{{key}}", "size": 1024, "eTag": "d41d8cd98f00b204e9800998ecf8427e", "sequencer": "0055AED6DCD90281E5" } } } ] }
        """;

    private static string Sns(string message) => System.Text.Json.JsonSerializer.Serialize(new
    {
        Type = "Notification",
        MessageId = "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        TopicArn = "arn:aws:sns:eu-west-1:111122223333:exports",
        Subject = "Amazon S3 Notification",
        Message = message,
        Timestamp = "2026-03-02T17:59:59.000Z",
        SignatureVersion = "1",
        Signature = "forged",
        SigningCertURL = "https://example.com/cert.pem",
    });

    private static Task TickAsync(TestApp app) => new ArrivalTimer(app.Services.GetRequiredService<ArrivalWatch>()).RunAsync(new(), app.Client, CancellationToken.None);

    private void Put(string key, int arr) => bucket.Put(key, $"website,arr\ncompany-1.com,{arr}\n", TestApp.Evening);

    private Task<TestApp> StartStillAsync() => ArrivingApp.StartStillAsync(Settings());

    private Dictionary<string, string?> Settings() => new()
    {
        ["Connections:bucket:Endpoint"] = bucket.Address,
        ["Connections:bucket:Region"] = S3Server.Region,
        ["Connections:bucket:AccessKeyId"] = S3Server.AccessKeyId,
        ["Connections:bucket:SecretAccessKey"] = S3Server.Secret,
    };
}
