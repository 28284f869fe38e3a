using AffinityDurable.Core.Sources;
using AffinityDurable.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Core.Tests.Definitions;

/// <summary>The types of sources that the product has.</summary>
internal static class Types
{
    public static SourceTypes All { get; } = new ServiceCollection().AddSources().BuildServiceProvider().GetRequiredService<SourceTypes>();
}
