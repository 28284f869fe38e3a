using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;

namespace AffinityDurable.Functions.Activities;

/// <summary>Problems as the reason why a run ended.</summary>
internal static class RunErrors
{
    public static RunError Of(ErrorCode code, string message) => new(code.Id, message, code.Cure);
}
