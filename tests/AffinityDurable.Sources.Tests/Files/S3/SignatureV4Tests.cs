using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AffinityDurable.Sources.Tests.Files.S3;

/// <summary>The test server's own check of signatures, against the example of the protocol's description.</summary>
public sealed class SignatureV4Tests
{
    [Fact]
    public void The_example_of_the_description_has_its_signature()
    {
        var request = new DefaultHttpContext().Request;
        request.Method = "GET";
        request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/test.txt";
        request.Headers.Host = "examplebucket.s3.amazonaws.com";
        request.Headers.Range = "bytes=0-9";
        request.Headers["x-amz-content-sha256"] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        request.Headers["x-amz-date"] = "20130524T000000Z";

        Assert.Equal(
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
            SignatureV4.Of(request, ["host", "range", "x-amz-content-sha256", "x-amz-date"], "20130524/us-east-1/s3/aws4_request", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
    }
}
