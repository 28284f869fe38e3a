using System.Net;
using AffinityDurable.Core.Errors;
using AffinityDurable.Functions.Tests.Api;

namespace AffinityDurable.Functions.Tests.Access;

/// <summary>Every route with every kind of caller: whom the document does not name does not get in.</summary>
public sealed class RoleMatrixTests
{
    private const string Run = "portfolio@20260303T0200Z";

    /// <summary>Has a way in of its own: the token in its address.</summary>
    private const string Webhook = "AffinityWebhook";

    private static readonly string[] Roles = ["none", "reader", "operator", "approver"];

    /// <summary>Functions by reflection, so that no route can be forgotten.</summary>
    public static TheoryData<string> Routes => [.. OpenApiTests.Functions().Select(function => function.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_route_lets_in_its_role_and_those_above_it_and_nobody_else(string function)
    {
        var operation = Assert.Single(new ApprovedDocument().Operations, operation => operation.Id == function);
        await using var app = await ApiApp.StartAsync();
        (string Role, HttpClient Http)[] callers =
        [
            ("none", app.SignedIn(("name", "Sam"))),
            ("reader", app.Reader()),
            ("reader", app.SignedIn(("name", "Rea"), ("roles", "Sync.Read"))),
            ("operator", app.Operator()),
            ("operator", app.SignedIn(("name", "Opal"), ("groups", ApiApp.OperatorGroup))),
            ("approver", app.Approver()),
        ];

        foreach (var (role, http) in callers)
        {
            var answer = await SendAsync(http, operation);
            var isEnough = Array.IndexOf(Roles, role) >= Array.IndexOf(Roles, operation.Role ?? "none");
            Assert.True(isEnough == IsAdmitted(answer), $"{operation} by {role}: {answer.StatusCode}");
            if (!isEnough)
            {
                Assert.Equal((HttpStatusCode.Forbidden, AccessErrors.RoleMissing.Id), (answer.StatusCode, await answer.CodeAsync()));
            }

            http.Dispose();
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_route_asks_for_credentials_and_believes_no_forged_ones(string function)
    {
        var operation = Assert.Single(new ApprovedDocument().Operations, operation => operation.Id == function);
        await using var app = await ApiApp.StartAsync(("WEBSITE_AUTH_ENABLED", null));
        using var nobody = app.Caller();
        using var guess = app.Caller(("X-Api-Key", "adk_guess"));
        using var forger = app.Approver();

        var answers = new List<HttpStatusCode>();
        foreach (var http in new[] { nobody, guess, forger })
        {
            answers.Add((await SendAsync(http, operation)).StatusCode);
        }

        Assert.Equal(
            operation.Role is null
                ? Enumerable.Repeat(function == Webhook ? HttpStatusCode.NotFound : HttpStatusCode.OK, 3)
                : [HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden],
            answers);
    }

    [Fact]
    public void Keys_are_for_all_routes_but_those_that_let_plans_be_written()
    {
        Assert.All(new ApprovedDocument().Operations.Where(operation => operation.Role is not null), operation => Assert.Equal(operation.Role != "approver", operation.TakesKeys));
    }

    [Fact]
    public void What_changes_something_takes_more_than_a_reader()
    {
        Assert.All(new ApprovedDocument().Operations.Where(operation => operation.Verb != "get" && operation.Id != Webhook), operation => Assert.Contains(operation.Role, new[] { "operator", "approver" }));
    }

    private static bool IsAdmitted(HttpResponseMessage answer) => answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);

    private static Task<HttpResponseMessage> SendAsync(HttpClient http, ApiOperation operation) =>
        http.SendAsync(new HttpRequestMessage(new HttpMethod(operation.Verb.ToUpperInvariant()), operation.Example(Run, "portfolio")));
}
