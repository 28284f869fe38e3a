namespace AffinityDurable.Sources.Files;

/// <summary>Disposes what was added, last first.</summary>
internal sealed class ResourceStack : IDisposable
{
    private readonly Stack<IDisposable> _resources = [];

    public T Add<T>(T resource)
        where T : IDisposable
    {
        _resources.Push(resource);
        return resource;
    }

    public void Dispose()
    {
        while (_resources.TryPop(out var resource))
        {
            resource.Dispose();
        }
    }
}
