using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("AffinityDurable.Sources.Tests")]
