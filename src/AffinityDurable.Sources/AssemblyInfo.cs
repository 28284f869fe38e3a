using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("AffinityDurable.Sources.Tests")]
[assembly: InternalsVisibleTo("AffinityDurable.Functions.Tests")]
