using AffinityDurable.Core.Explaining;
using AffinityDurable.Simulator.Model;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Tests.World;

/// <summary>Asks for explanations, and sees to it that no call is made for an answer.</summary>
internal static class Asking
{
    public static Task<Explanation> AskAsync(this TestApp app, ListEntry entry, string field) =>
        app.AskAsync(new Question { Sync = "portfolio", EntryId = entry.Id, Field = field });

    public static async Task<Explanation> AskAsync(this TestApp app, Question question)
    {
        var calls = app.Affinity.Counters.Total;
        try
        {
            return await app.Services.GetRequiredService<Explainer>().ExplainAsync(question, CancellationToken.None);
        }
        finally
        {
            Assert.Equal(calls, app.Affinity.Counters.Total);
        }
    }
}
