using System.Reflection;
using AffinityDurable.Functions.Triggers.Arriving;
using AffinityDurable.Functions.Triggers.Webhooks;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Docs.Tests.Architecture;

/// <summary>What the worker and the embedded host ask of functions.</summary>
public sealed class FunctionTests
{
    /// <summary>Probes of platforms have no credentials; they learn a word.</summary>
    private static readonly HashSet<string> ForAnybody = ["GetHealth", "GetLiveness", "GetReadiness"];

    [Fact]
    public void Functions_of_all_kinds_are_found()
    {
        var names = FunctionMethods.All.Select(FunctionMethods.Name).ToList();

        Assert.Superset(new HashSet<string> { "SyncOrchestrator", "ApplyOrchestrator", "NightlyOrchestrator", "ApplyBatch", "NightlyTimer", "StartRun" }, names.ToHashSet());
        Assert.NotEmpty(FunctionMethods.Activities);
        Assert.NotEmpty(FunctionMethods.Orchestrators);
    }

    [Fact]
    public void Function_classes_and_methods_are_public()
    {
        Assert.All(FunctionMethods.All, method => Assert.True(method.IsPublic && method.DeclaringType!.IsPublic, FunctionMethods.Name(method)));
    }

    [Fact]
    public void Function_names_are_unique_and_those_of_their_classes()
    {
        Assert.Equal(FunctionMethods.All.Count, FunctionMethods.All.DistinctBy(FunctionMethods.Name, StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(FunctionMethods.All, method => Assert.Equal(method.DeclaringType!.Name, FunctionMethods.Name(method)));
    }

    [Fact]
    public void The_durable_client_comes_by_its_binding_and_never_from_services()
    {
        var constructors = FunctionMethods.Assembly.GetTypes().SelectMany(type => type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance));
        Assert.DoesNotContain(constructors.SelectMany(constructor => constructor.GetParameters()), IsClient);

        var bound = FunctionMethods.All.SelectMany(method => method.GetParameters()).Where(IsClient).ToList();
        Assert.NotEmpty(bound);
        Assert.All(bound, parameter => Assert.NotNull(parameter.GetCustomAttribute<DurableClientAttribute>()));
    }

    [Fact]
    public void Activities_let_no_foreign_exception_into_the_history()
    {
        Assert.All(FunctionMethods.Activities, method =>
        {
            var source = Repository.Files("src/AffinityDurable.Functions", $"{method.DeclaringType!.Name}.cs").Single().Text;
            Assert.Contains("Step.RunAsync(", source, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Orchestrators_are_static()
    {
        Assert.All(FunctionMethods.Orchestrators, method => Assert.True(method.IsStatic, FunctionMethods.Name(method)));
    }

    [Fact]
    public void Http_functions_go_through_the_door_and_ask_for_no_key_of_the_host()
    {
        var http = FunctionMethods.All.Where(method => FunctionMethods.ParameterWith<HttpTriggerAttribute>(method) is not null).ToList();

        Assert.NotEmpty(http);
        Assert.All(http, method => Assert.Equal(
            AuthorizationLevel.Anonymous, FunctionMethods.ParameterWith<HttpTriggerAttribute>(method)!.GetCustomAttribute<HttpTriggerAttribute>()!.AuthLevel));

        // Affinity can send neither a key nor a sign-in: the token in its address leads it in, to this function alone.
        // Storages cannot either: what they can send leads them to one function too.
        Assert.All(http.Where(method => method.DeclaringType != typeof(AffinityWebhook)), method =>
        {
            var source = Repository.Files("src/AffinityDurable.Functions", $"{method.DeclaringType!.Name}.cs").Single().Text;
            var way = ForAnybody.Contains(FunctionMethods.Name(method)) ? "door.AnswerAnybodyAsync(request, "
                : method.DeclaringType == typeof(TakeArrivals) ? "door.AdmitSenderAsync(request, Role."
                : "door.AdmitAsync(request, Role.";
            Assert.Contains($"=>\n        {way}", source.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Management_addresses_of_the_durable_extension_are_never_handed_out()
    {
        Assert.DoesNotContain(
            Repository.Files("src/AffinityDurable.Functions", "*.cs"),
            file => file.Text.Contains("CheckStatusResponse", StringComparison.Ordinal) || file.Text.Contains("ManagementPayload", StringComparison.Ordinal));
    }

    private static bool IsClient(ParameterInfo parameter) => typeof(DurableTaskClient).IsAssignableFrom(parameter.ParameterType);
}
