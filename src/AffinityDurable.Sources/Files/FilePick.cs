namespace AffinityDurable.Sources.Files;

/// <summary>Which of the files that a path matches are read.</summary>
internal enum FilePick
{
    /// <summary>Every one: together they are the source.</summary>
    All = 0,

    /// <summary>The one that was written last.</summary>
    Newest,
}
