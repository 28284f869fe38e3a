using AffinityDurable.Sources.Tests.Services;

namespace AffinityDurable.Core.Tests.Runs.Contracts;

/// <summary>A promise of every store. Here the stores are Blob containers of an emulator.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class StoreFactAttribute : FactAttribute
{
    public StoreFactAttribute() => Skip = Service.Of(Service.Azurite).ReasonToSkip();
}

/// <summary>As <see cref="StoreFactAttribute"/>, for several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class StoreTheoryAttribute : TheoryAttribute
{
    public StoreTheoryAttribute() => Skip = Service.Of(Service.Azurite).ReasonToSkip();
}
