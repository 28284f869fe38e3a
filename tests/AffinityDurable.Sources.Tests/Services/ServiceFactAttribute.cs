namespace AffinityDurable.Sources.Tests.Services;

/// <summary>A fact about something that needs a <see cref="Service"/>; skipped, with the reason, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ServiceFactAttribute : FactAttribute
{
    public ServiceFactAttribute(string service)
    {
        Service = service;
        Skip = Services.Service.Of(service).ReasonToSkip();
    }

    public string Service { get; }
}

/// <summary>A theory about something that needs a <see cref="Service"/>; skipped, with the reason, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ServiceTheoryAttribute : TheoryAttribute
{
    public ServiceTheoryAttribute(string service)
    {
        Service = service;
        Skip = Services.Service.Of(service).ReasonToSkip();
    }

    public string Service { get; }
}
