using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Sources.Files;

/// <summary>Rows one after the other.</summary>
internal interface IRowCursor : IDisposable
{
    /// <summary>The row at hand; valid until the next <see cref="Read"/>.</summary>
    ISourceRow Row { get; }

    /// <summary>The line that the row at hand gives as its own.</summary>
    long? Line { set; }

    /// <summary>Goes to the next row; false at the end.</summary>
    /// <exception cref="ProblemException">The rows cannot be read any further.</exception>
    bool Read(CancellationToken cancellationToken);

    /// <summary>Ends the read from another thread.</summary>
    void Interrupt();
}
