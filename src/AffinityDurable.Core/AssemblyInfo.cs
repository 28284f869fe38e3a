using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("AffinityDurable.Core.Tests")]
