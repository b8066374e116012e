using Microsoft.AspNetCore.Http;
using Recollect.Server.Http;

namespace Recollect.Server.Reference;

/// <summary>Input of a reference route that cannot be used; answered in the shape that its callers know.</summary>
/// <param name="place">Where: <c>body</c>, <c>query</c> or <c>path</c>.</param>
/// <param name="field">Which field; null for the whole.</param>
/// <param name="message">What is wrong.</param>
/// <param name="type">The kind of fault.</param>
internal sealed class InvalidInputException(string place, string? field, string message, string type) : ProblemException(StatusCodes.Status422UnprocessableEntity, message)
{
    /// <summary>Gets the answer.</summary>
    public InvalidInputJson Body { get; } = new([new(field is null ? [place] : [place, field], message, type)]);
}
