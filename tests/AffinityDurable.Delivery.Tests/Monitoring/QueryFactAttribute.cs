using AffinityDurable.Delivery.Tests.Infrastructure;
using AffinityDurable.Sources.Tests.Services;

namespace AffinityDurable.Delivery.Tests.Monitoring;

/// <summary>A test that reads queries; it is left out where the compiler of Bicep or the language service of Kusto is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class QueryFactAttribute : FactAttribute
{
    public QueryFactAttribute() => Skip = Reason;

    public static string? Reason => Bicep.ReasonToSkip ?? Service.Of(Service.Kusto).ReasonToSkip();
}
