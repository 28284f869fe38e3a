using System.Net.Http.Json;

namespace AffinityDurable.Functions.Tests.World;

/// <summary>People who work in Affinity.</summary>
internal static class Editing
{
    /// <summary>Ada types another ARR, or none.</summary>
    public static async Task EditAsync(this TestApp app, int company, double? arr)
    {
        var ada = app.World.Tenant.AddUser("Ada", "Lovelace", $"ada-{company}@example.vc");
        using var http = new HttpClient { BaseAddress = app.Affinity.BaseAddress };
        var answer = await http.PutAsJsonAsync(
            new Uri($"/_sim/entries/{app.World.Entries[company - 1].Id}/fields/{app.World.Arr.Id}?by={ada.Id}", UriKind.Relative),
            new { value = new { type = "number", data = arr } });
        answer.EnsureSuccessStatusCode();
    }
}
